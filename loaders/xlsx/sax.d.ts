/** What is used of sax, which comes without types. */
declare module "sax" {
  interface Parser {
    onerror: (error: Error) => void;
    ondoctype: (doctype: string) => void;
    onopentag: (tag: {readonly name: string; readonly attributes: Readonly<Record<string, string>>}) => void;
    onclosetag: (name: string) => void;
    readonly state: number;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    write(chunk: string): this;
    close(): this;
  }

  interface Options {
    /** Whether to count lines and columns. */
    position: boolean;
    /** Whether to know the five entities of XML only, and not those of HTML. */
    strictEntities: boolean;
  }

  const sax: {parser(strict: boolean, options: Options): Parser; readonly STATE: {readonly TEXT: number}};
  export default sax;
}
