/** Elements of a sheet that stand behind its page header. Source: ECMA-376 part 1, 18.3.1.99. */
const BEHIND =
  "rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst";

/**
 * Puts a mark on every printed page of a sheet: right in the page header, where nothing stands there yet, else left or in the middle.
 * Shape: the part's text in and out; unchanged where all three places are taken.
 */
export function markPages(xml: string, mark: string): string {
  const text = mark.replaceAll("&", "&&").replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  // Views and formats have elements of the same names within.
  const inner = [...xml.matchAll(/<\/(?:\w+:)?(?:sheetData|customSheetViews|conditionalFormatting)\s*>/g)].at(-1);
  const from = inner ? inner.index + inner[0].length : 0;
  const [head, tail] = [xml.slice(0, from), xml.slice(from)];
  const headers = /<((?:\w+:)?)(oddHeader|evenHeader|firstHeader)\b([^>]*)>([^<]*)<\/\1\2\s*>/g;
  if (/<(?:\w+:)?oddHeader\b[^>]*>[^<]/.test(tail))
    return (
      head +
      tail.replace(
        headers,
        (_, prefix: string, name: string, attributes: string, content: string) =>
          `<${prefix}${name}${attributes}>${marked(content, text)}</${prefix}${name}>`
      )
    );
  const odd = (prefix: string) => `<${prefix}oddHeader>&amp;R${text}</${prefix}oddHeader>`;
  const bare = tail.replace(/<((?:\w+:)?)oddHeader\b[^>]*?(?:\/>|>\s*<\/\1oddHeader\s*>)/, "");
  const own = /<((?:\w+:)?)headerFooter\b([^>]*?)(\/?)>/.exec(bare);
  if (own) {
    const [tag, prefix = "", attributes = "", closed] = own;
    return (
      head +
      bare.replace(tag, () => `<${prefix}headerFooter${attributes}>${odd(prefix)}${closed ? `</${prefix}headerFooter>` : ""}`)
    );
  }
  const place = new RegExp(`<(?:\\w+:)?(?:${BEHIND})\\b|</(?:\\w+:)?worksheet\\s*>`).exec(bare);
  if (!place) return xml;
  const prefix = /<((?:\w+:)?)worksheet\b/.exec(xml)?.[1] ?? "";
  const element = `<${prefix}headerFooter>${odd(prefix)}</${prefix}headerFooter>`;
  return head + bare.slice(0, place.index) + element + bare.slice(place.index);
}

/** Sections of a header begin with &L, &C, &R; what stands before the first is in the middle. */
function marked(content: string, text: string): string {
  if (content.includes(text)) return content;
  const free = ["R", "L", "C"].find(
    (side) => !content.includes(`&amp;${side}`) && !(side === "C" && !/^(&amp;[LR])/.test(content))
  );
  return free === undefined ? content : `${content}&amp;${free}${text}`;
}
