import { formatCounted } from '../../../lib/money';
import type { Column } from '../../../ui/DataTable/model';
import { Pill } from '../../../ui/Pill';
import { labelOf, optionLabel } from '../model/labels';
import type { Rules } from '../model/rules';

/** A line of the table of workloads. */
export type WorkloadRow = { at: number; line: Record<string, unknown>; wrong: string[]; confidence: string };

const errorColumn: Column<WorkloadRow> = {
  id: 'wrong',
  header: 'Errors',
  kind: 'text',
  whole: true,
  value: ({ wrong }) => (wrong.length === 0 ? null : String(wrong.length)),
  display: ({ wrong }) => (wrong.length === 0 ? '–' : formatCounted(wrong.length, 'error')),
  title: ({ wrong }) => wrong.join('\n') || 'None',
  render: ({ wrong }) => (wrong.length === 0 ? '–' : <Pill tone="bad">{formatCounted(wrong.length, 'error')}</Pill>),
};

/** The columns of the table of workloads, with errors where there are any. A field that is empty shows its default in parentheses. */
export function workloadColumns(rules: Rules, confidence: boolean, wrong: boolean): Column<WorkloadRow>[] {
  const shown = ({ line }: WorkloadRow, name: string) => {
    const value = line[name];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const rule = rules.at.get(`workloads[].${name}`);
    const say = (one: string) => (rule?.kind === 'choice' ? optionLabel(name, one) : one);
    return text === '' ? (rule?.default === undefined || name === 'db_engine' ? '–' : `(${say(rule.default)})`) : say(text);
  };
  const column = (name: string, kind: 'text' | 'number', more: Partial<Column<WorkloadRow>> = {}): Column<WorkloadRow> => ({
    id: name,
    header: labelOf(`workloads[].${name}`).label,
    kind,
    value: (row) => {
      const value = row.line[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : (rules.at.get(`workloads[].${name}`)?.default ?? null);
    },
    display: (row) => shown(row, name),
    title: (row) => shown(row, name),
    ...(kind === 'number' ? { width: 84 } : { whole: true }),
    ...more,
  });
  return [
    { ...column('name', 'text', { width: 200, whole: false }), value: ({ line }) => (typeof line['name'] === 'string' && line['name'] !== '' ? line['name'] : null), display: ({ line }) => (typeof line['name'] === 'string' && line['name'] !== '' ? line['name'] : 'No name') },
    ...(wrong ? [errorColumn] : []),
    column('type', 'text'),
    column('environment', 'text', { secondary: 4 }),
    column('count', 'number'),
    column('vcpu', 'number', { width: 64 }),
    column('memory_gib', 'number', { width: 96 }),
    column('cpu_p95', 'number', { secondary: 6 }),
    column('os', 'text', { secondary: 3 }),
    column('block_gib', 'number', { header: 'Block, GiB', secondary: 1 }),
    column('db_engine', 'text', { header: 'Engine', secondary: 5 }),
    column('egress_gb_month', 'number', { header: 'Egress, GB', secondary: 7 }),
    column('strategy', 'text', { secondary: 8 }),
    ...(confidence ? [{ id: 'confidence', header: 'Confidence', description: '1 is the same machine as in the bill; 0.7 has storage or traffic that was spread over lines; 0.5 is the average of machines that come and go', kind: 'number' as const, width: 90, secondary: 2, value: (row: WorkloadRow) => row.confidence || null, display: (row: WorkloadRow) => row.confidence || '–' }] : []),
  ];
}
