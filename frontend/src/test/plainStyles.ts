type Styled = Element & ElementCSSInlineStyle;

const inherited = new Set<string | symbol>(['visibility', 'pointerEvents', 'pointer-events', 'color']);

/**
 * A getComputedStyle for a page without style sheets: it answers with an element's own style, then with what the window gives to its
 * kind, asked once for each. The window itself looks through all of its own rules for every element, which took a third of the time of
 * the tests of pages: whoever finds a button by its name asks whether each element within it is hidden.
 */
export function plainStylesOf(page: Window): (element: Element) => CSSStyleDeclaration {
  const ask = page.getComputedStyle.bind(page);
  const kinds = new Map<string, CSSStyleDeclaration>();

  const kindOf = ({ namespaceURI, localName }: Element): CSSStyleDeclaration => {
    const kind = kinds.get(localName) ?? ask(page.document.createElementNS(namespaceURI, localName));
    kinds.set(localName, kind);
    return kind;
  };
  const valueOf = (element: Element, property: string | symbol): unknown => {
    const own: unknown = Reflect.get((element as Styled).style, property);
    if (own) return own;
    if (property === 'display' && element.hasAttribute('hidden')) return 'none';
    if (inherited.has(property) && element.parentElement) return valueOf(element.parentElement, property);
    return Reflect.get(kindOf(element), property);
  };
  return (element) =>
    new Proxy((element as Styled).style, {
      get: (_own, property) => (property === 'getPropertyValue' ? (name: string) => valueOf(element, name) ?? '' : valueOf(element, property)),
    });
}
