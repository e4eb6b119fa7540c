/** Workspaces in memory: a name and whether its ledger is filled or empty. */
import type { WorkspaceInfo, Workspaces } from '../../lib/wire';
import { AppError } from '../errors';
import type { FakeJobs } from './jobs';

type Store = {
  lines(): number;
  /** Called whenever another workspace opens, with whether it holds the invented bill. */
  opened(filled: boolean): void;
  now(): number;
};

const filledPath = '/home/nora/Cloud Intelligence/Northwind Retail.cloudintel';

export function createFakeWorkspaces(store: Store, jobs: FakeJobs, start: 'open' | 'none' | 'empty'): Workspaces {
  const at = (hoursAgo: number) => new Date(store.now() - hoursAgo * 3_600_000).toISOString();
  let recent: WorkspaceInfo[] = [
    { path: filledPath, name: 'Northwind Retail', sizeBytes: 48_300_000, lines: store.lines(), openedAt: at(1), exists: true, demo: false, readOnly: false },
    { path: '/home/nora/Cloud Intelligence/Contoso Logistics.cloudintel', name: 'Contoso Logistics', sizeBytes: 1_204_000_000, lines: 2_310_441, openedAt: at(52), exists: true, demo: false, readOnly: false },
    { path: '/media/usb/Fabrikam.cloudintel', name: 'Fabrikam', sizeBytes: 0, lines: 0, openedAt: at(900), exists: false, demo: false, readOnly: false },
  ];
  let current: WorkspaceInfo | null = start === 'open' ? (recent[0] ?? null) : null;
  if (start === 'none') recent = recent.slice(1);

  const open = (info: WorkspaceInfo, filled: boolean) => {
    current = { ...info, openedAt: at(0) };
    recent = [current, ...recent.filter((one) => one.path !== info.path)];
    store.opened(filled);
    return current;
  };
  const fresh = (name: string, demo = false): WorkspaceInfo => {
    const trimmed = name.trim();
    if (trimmed === '') throw new AppError('invalid', 'Give the workspace a name.');
    const path = `/home/nora/Cloud Intelligence/${trimmed}.cloudintel`;
    if (recent.some((one) => one.path === path && one.exists)) throw new AppError('conflict', `There is already a workspace named “${trimmed}”. Choose another name.`);
    return { path, name: trimmed, sizeBytes: 90_112, lines: 0, openedAt: at(0), exists: true, demo, readOnly: false };
  };
  const needCurrent = () => {
    if (!current) throw new AppError('not_found', 'No workspace is open.');
    return current;
  };
  const find = (path: string) => {
    const info = recent.find((one) => one.path === path);
    if (!info?.exists) throw new AppError('not_found', `There is no workspace at ${path}. It may have been moved or its drive is not connected.`);
    return info;
  };
  if (start === 'empty') open(fresh('New client'), false);

  return {
    Recent: async () => Promise.resolve(recent),
    Current: async () => Promise.resolve(current),
    Create: async (name) => Promise.resolve(open(fresh(name), false)),
    Open: async (path) => Promise.resolve(open(find(path), true)),
    ChooseOpen: async () => Promise.resolve(open({ ...fresh('Chosen client'), lines: 12 }, true)),
    Rename: async (name) => {
      const trimmed = name.trim();
      if (trimmed === '') throw new AppError('invalid', 'Give the workspace a name.');
      const renamed = { ...needCurrent(), name: trimmed };
      recent = recent.map((one) => (one.path === renamed.path ? renamed : one));
      current = renamed;
      return Promise.resolve(renamed);
    },
    Duplicate: async (name) => {
      const { lines, sizeBytes } = needCurrent();
      return Promise.resolve(open({ ...fresh(name), lines, sizeBytes }, lines > 0));
    },
    Close: async () => {
      current = null;
      return Promise.resolve();
    },
    Trash: async (path) => {
      find(path);
      recent = recent.filter((one) => one.path !== path);
      if (current?.path === path) current = null;
      return Promise.resolve();
    },
    Forget: async (path) => {
      recent = recent.filter((one) => one.path !== path);
      return Promise.resolve();
    },
    OpenDemo: async () =>
      Promise.resolve(
        jobs.start({
          kind: 'demo',
          title: 'Make the demo client',
          total: 120_000,
          unit: 'lines',
          lines: 120_000,
          finish: () => {
            const known = recent.find((one) => one.demo);
            open(known ?? fresh('Demo client', true), true);
            return null;
          },
        }),
      ),
  };
}
