import { expect, type Page } from '@playwright/test';

/** Fails with every text with a figure in it that the page cuts off or shows only after scrolling sideways. */
export async function expectNoFigureCut(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const found: string[] = [];
    const main = document.getElementById('main');
    if (!main) return ['There is no page.'];
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? '';
      if (!/\d/.test(text) || node.parentElement === null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right, width } = range.getBoundingClientRect();
      if (width === 0) continue;
      let hidden = false;
      for (let box: HTMLElement | null = node.parentElement; box; box = box.parentElement) {
        const around = box.getBoundingClientRect();
        if (around.width <= 1) break; // only said by a screen reader
        hidden ||= getComputedStyle(box).overflowX !== 'visible' && (right > around.right + 1 || left < around.left - 1);
      }
      if (hidden || right > window.innerWidth) found.push(text);
    }
    return found;
  });
  expect(cut).toEqual([]);
}
