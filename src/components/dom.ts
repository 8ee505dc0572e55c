type Child = Node | string | number | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>>;

/**
 * An element: attributes with null, undefined or false are left out, functions listen, children with null are left out.
 * @example h("a", {href: "#unit=1", class: "xh-tile"}, "甲镇")
 */
export function h(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children)
    if (child !== null && child !== undefined && child !== false) element.append(typeof child === "number" ? String(child) : child);
  return element;
}

/** An element of a drawing. */
export function s(
  tag: string,
  attributes: Readonly<Record<string, string | number | null>> = {},
  ...children: readonly (Node | string)[]
): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A card with a title that says the message and a line that says measure, unit and date. */
export function card(title: Child, sub: Child, ...children: readonly Child[]): HTMLElement {
  return h("section", {class: "xh-card"}, h("h2", {}, title), sub ? h("p", {class: "xh-sub"}, sub) : null, ...children);
}

/** The state that a page keeps in its address: `#unit=990101&row=12`. */
export function hashState(hash: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
}

/** An address with state: keys in the order given, empty ones left out. */
export function hashLink(state: Readonly<Record<string, string | number | null | undefined>>, page = ""): string {
  const entries = Object.entries(state).filter(([, v]) => v !== null && v !== undefined && v !== "");
  return `${page}#${new URLSearchParams(entries.map(([k, v]) => [k, String(v)]))}`;
}
