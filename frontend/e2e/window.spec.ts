import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the first page comes from the Go side and has no accessibility violation', async ({ page }) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));

  await page.goto('/');
  await expect(page).toHaveTitle('Cloud Intelligence');
  await expect(page.getByRole('heading').first()).toBeVisible();

  const result = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(result.violations.map((violation) => `${violation.id}: ${violation.help}`)).toEqual([]);
  expect(problems).toEqual([]);
});
