import { expect, type Page } from '@playwright/test';

/** No figure, period or state is as long, in characters. */
const FIGURE_MAX = 60;

/**
 * Fails with every text with a number, per cent or month in it that the window cuts off or shows only after scrolling sideways.
 * Ids and names may be cut: they are whole in the tooltip.
 */
export async function expectNoFigureCut(page: Page): Promise<void> {
  const cut = await page.evaluate((longest) => {
    const found: string[] = [];
    const figure = /(^|\s)[+−-]?\d{1,3}(,\d{3})*(\.\d+)?( ?%)?(\s|$)|(^|\s)(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(\s|$)/;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? '';
      // Descriptions of lines are names, also where they name a price.
      if (!figure.test(text) || text.length > longest || node.parentElement === null || node.parentElement.closest('[aria-hidden=true], script, style')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right, width } = range.getBoundingClientRect();
      if (width === 0) continue;
      let hidden = false;
      for (let box: HTMLElement | null = node.parentElement; box; box = box.parentElement) {
        const around = box.getBoundingClientRect();
        if (around.width <= 1) { hidden = false; break; } // only said by a screen reader
        hidden ||= getComputedStyle(box).overflowX !== 'visible' && (right > around.right + 1 || left < around.left - 1);
      }
      if (hidden || right > window.innerWidth) found.push(text);
    }
    return found;
  }, FIGURE_MAX);
  expect.soft(cut).toEqual([]);
}
