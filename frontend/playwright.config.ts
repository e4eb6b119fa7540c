import { existsSync } from 'node:fs';

import { defineConfig } from '@playwright/test';

// The browser comes from the distribution; nothing is downloaded. CHROMIUM names another place.
const chromium =
  process.env.CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

// What the files of a run are: tests (spec), the pictures of build/look (look), the measurements of build/scroll (bench).
const kind = process.env.E2E_KIND ?? 'spec';
// A view that does not come up must not hold up the others.
const looking = kind === 'look';
const stepTimeout = looking ? 20_000 : 60_000;

export default defineConfig({
  testDir: 'e2e',
  testMatch: `**/*.${kind}.ts`,
  outputDir: 'test-results',
  // One program, one workspace: the tests share both and run one after the other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Bounds for what never comes; no machine is so slow that they decide. Each step has its own, which names it; that of a whole
  // test is only for what has none.
  timeout: looking ? 120_000 : 600_000,
  expect: { timeout: stepTimeout, toPass: { timeout: 300_000 } },
  reporter: [['list']],
  use: {
    actionTimeout: stepTimeout,
    navigationTimeout: stepTimeout,
    baseURL: process.env.APP_URL ?? 'http://127.0.0.1:34115',
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: looking ? 'off' : 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
