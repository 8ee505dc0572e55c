/** A piece of an expression. `word` is folded to lower case; `name` is an identifier in double quotes, kept as written. */
export interface Token {
  readonly kind: "number" | "text" | "word" | "name" | "symbol" | "end";
  readonly text: string;
}

const PIECE =
  /(\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|<>|!=|==|\/\/|\|\||::|[-+*/%=<>(),])/uy;

/**
 * The pieces of an expression, blanks and comments left out.
 * Errors: SyntaxError at a character that begins none.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < source.length) {
    const start = PIECE.lastIndex;
    const match = PIECE.exec(source);
    if (!match) throw new SyntaxError(`unexpected ${source[start]} at ${start} in: ${source}`);
    const [, , number, text, name, word, symbol] = match;
    if (number !== undefined) tokens.push({kind: "number", text: number});
    else if (text !== undefined) tokens.push({kind: "text", text: text.replaceAll("''", "'")});
    else if (name !== undefined) tokens.push({kind: "name", text: name.replaceAll('""', '"')});
    else if (word !== undefined) tokens.push({kind: "word", text: word.toLowerCase()});
    else if (symbol !== undefined) tokens.push({kind: "symbol", text: symbol});
  }
  return tokens;
}
