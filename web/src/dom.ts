// Elements without markup in strings: nothing that a plan says can become part of the page.

type Child = Node | string | null;
type Listener = (event: never) => void;
type Value = string | number | boolean | Listener | undefined;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

const kSvg = "http://www.w3.org/2000/svg";

export function makeSvg(tag: string, attributes: Record<string, string | number>, ...children: Child[]): SVGElement {
  const element = document.createElementNS(kSvg, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** A picture of the engine; scripts in it would not run, and there are none. */
export function svgOf(text: string): Element | null {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.localName !== "svg") return null;
  root.removeAttribute("width");
  root.removeAttribute("height");
  return document.importNode(root, true);
}

export function swatch(colour: string): SVGElement {
  return makeSvg(
    "svg",
    { class: "swatch", viewBox: "0 0 16 12", "aria-hidden": "true" },
    makeSvg("rect", { width: 16, height: 12, rx: 2, fill: colour }),
  );
}
