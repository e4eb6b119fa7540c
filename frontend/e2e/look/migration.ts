import { expect, type Page } from '@playwright/test';

type Draft = { name: string; version: number; profile: string };

type MigrationWindow = Window & {
  go: { desktop: { Migrations: { List(): Promise<{ name: string; made: unknown }[]>; New(name: string, fromLedger: boolean, template: string): Promise<Draft>; Save(name: string, profile: string, step: string, version: number): Promise<unknown>; Assess(name: string): Promise<unknown> } } };
};

/** Makes an assessment of the bills and one of a template where there are none yet, both assessed, and a draft with errors. */
async function makeAssessments(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { Migrations } = (window as unknown as MigrationWindow).go.desktop;
    const there = (await Migrations.List()).map(({ name }) => name);
    const make = async (name: string, fromLedger: boolean, template: string) => {
      if (there.includes(name)) return;
      const draft = await Migrations.New(name, fromLedger, template);
      const profile = { requirements: {}, ...(JSON.parse(draft.profile) as { organization: Record<string, unknown> }) };
      Object.assign(profile.organization, { countries: ['DE'], industry: 'finance', team_size: 8 }, fromLedger ? { current_infrastructure: 'cloud', source_provider: ['aws'], current_monthly_cost: profile.organization['current_monthly_cost'] ?? 48000 } : { current_monthly_cost: 6000 });
      Object.assign(profile.requirements, { frameworks: [{ name: 'DORA', level: 'should' }], deadline: '2027-10-01' });
      await Migrations.Save(name, JSON.stringify(profile), 'review', draft.version);
      await Migrations.Assess(name);
    };
    await make('From the bills', true, '');
    await make('Three tiers', false, 'web');
    if (!there.includes('Draft')) {
      const draft = await Migrations.New('Draft', false, 'vmware');
      await Migrations.Save('Draft', draft.profile.replace('"count":20', '"count":0').replace('"block_gib":4000', '"block_gib":"many"'), 'workloads', draft.version);
    }
  });
}

/** Opens an address of the page of migrations where assessments are. */
export const openMigration = (search: string, then: (page: Page) => Promise<unknown> = () => Promise.resolve()) => async (page: Page) => {
  await makeAssessments(page);
  await page.goto(`/#/migration${search}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await then(page);
};

/** Cells of which one cannot be read. */
export async function pasteWorkloads(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Paste cells' }).click();
  await page.getByRole('textbox', { name: 'Cells' }).fill('name\tvcpu\tmemory_gib\towner\napp\t4\t16\tAnna\ndb\tmany\t64\tTom');
  await expect(page.getByRole('dialog').getByRole('status')).toBeVisible();
}

/** Assesses again, and shows how the two results differ. */
export async function compareResults(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Assess again' }).click();
  await page.getByRole('button', { name: 'What changed' }).click();
  await page.getByRole('dialog').getByText('No line differs.').waitFor();
}
