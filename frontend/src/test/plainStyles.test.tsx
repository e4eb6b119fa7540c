import { expect, test } from 'vitest';

import { plainStylesOf } from './plainStyles';

const properties = ['display', 'visibility', 'pointer-events', 'opacity', 'overflow-y', 'padding-right'];

test('says of every element what the window itself says', () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const page = frame.contentWindow!;
  page.document.body.innerHTML = `
    <main style="visibility: hidden"><p>a</p><p style="visibility: visible">b <svg><g><path /></g></svg></p></main>
    <section style="pointer-events: none; padding-right: 15px"><button disabled>c</button><a href="#d" style="pointer-events: auto">d</a></section>
    <div hidden><span>e</span></div><span hidden style="display: block">f</span><div style="display: none"><i>g</i></div>
    <table><caption>h</caption><thead><tr><th>i</th></tr></thead><tbody><tr><td>j</td></tr></tbody></table>
    <ul style="overflow-y: auto; opacity: 0"><li>k</li></ul><input type="checkbox"><textarea></textarea><select><option>l</option></select>`;
  const all = [...page.document.querySelectorAll('*')];
  const read = (ask: (element: Element) => CSSStyleDeclaration) => all.map((one) => [one.outerHTML, ...properties.map((name) => ask(one).getPropertyValue(name))]);
  const own = read((element) => page.getComputedStyle(element));
  expect(read(plainStylesOf(page))).toEqual(own);
  expect(own.length).toBeGreaterThan(30);
  frame.remove();
});
