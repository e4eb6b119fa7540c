import { type ReactNode } from 'react';

import { BarChart } from '../charts/BarChart';
import { DonutChart } from '../charts/DonutChart';
import { GanttChart } from '../charts/GanttChart';
import { HeatMap } from '../charts/HeatMap';
import { LineChart } from '../charts/LineChart';
import { RangeChart } from '../charts/RangeChart';
import { StackedChart } from '../charts/StackedChart';
import { TreemapChart } from '../charts/TreemapChart';
import { WaterfallChart } from '../charts/WaterfallChart';
import { hueOf, seriesColor } from '../theme/seriesColor';
import { burn, days, providers, years } from './figures';
import { TreeStory } from './TreeStory';

type Story = { name: string; show: () => ReactNode };

const euro = { currency: 'EUR', height: 220 };
const color = (key: string) => seriesColor(hueOf(key));
const nothing = () => undefined;

const teams = [
  ['Payments', '18250.40'],
  ['Search and recommendations of the web shop', '9120.00'],
  ['Data platform', '7044.10'],
  ['Warehouse', '3120.55'],
  ['Office', '410.00'],
  ['Credits', '-1200.00'],
].map(([label = '', amount = '0']) => ({ id: label, label, amount, color: color(label) }));

const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).map((label) => ({ tick: label, label }));
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((label, day) => ({
  id: label,
  label,
  amounts: hours.map((_, hour) => (day === 6 && hour < 5 ? null : hour > 7 && hour < 19 && day < 5 ? `${30 + hour}.5` : '4.25')),
}));

const burnSeries = [
  { id: 'actual', label: 'Actual', color: seriesColor('sky') },
  { id: 'pace', label: 'Expected to date', color: seriesColor('grey'), style: 'dashed' as const },
  { id: 'budget', label: 'Budget', color: seriesColor('plum'), style: 'dashed' as const },
];

const forecastBand = {
  id: 'band',
  label: '80 % range',
  color: seriesColor('purple'),
  low: burn.map((_, at) => (at < 7 ? null : `${(at + 1) * 10400 - (at - 7) * 2200}`)),
  high: burn.map((_, at) => (at < 7 ? null : `${(at + 1) * 10400 + (at - 7) * 2600}`)),
};

/** Every chart in every state that a page can bring it into. */
export const charts: Story[] = [
  { name: 'Stacked bars by day', show: () => <StackedChart {...euro} label="Daily cost by provider" points={days} series={providers} onPickPoint={nothing} onSpan={nothing} /> },
  { name: 'Stacked areas: more days than bars have room for', show: () => <StackedChart {...euro} label="Daily cost of years by provider" points={years} series={providers} /> },
  { name: 'Line: budget burn with forecast range', show: () => <LineChart {...euro} label="Budget burn" points={burn} series={burnSeries} bands={[forecastBand]} /> },
  { name: 'Dots: forecast against actual', show: () => <LineChart {...euro} label="Forecast and actual" points={burn} series={[{ id: 'actual', label: 'Actual', color: seriesColor('sky'), style: 'dots' }]} bands={[forecastBand]} /> },
  { name: 'Bars', show: () => <BarChart {...euro} label="Cost by team" first="Team" figure="Effective cost" rows={[...teams, { id: 'unknown', label: 'No price', amount: null, color: color('none') }]} onPick={nothing} /> },
  {
    name: 'Waterfall',
    show: () => (
      <WaterfallChart
        {...euro}
        label="From the bill to the optimised bill"
        steps={[
          { id: 'bill', label: 'Bill of October', kind: 'level', amount: '38945.05' },
          { id: 'stop', label: 'Terminate', kind: 'change', amount: '-5120.10' },
          { id: 'size', label: 'Rightsize', kind: 'change', amount: '-3010.00' },
          { id: 'support', label: 'Support that follows', kind: 'change', amount: '220.05' },
          { id: 'best', label: 'Optimised bill', kind: 'level', amount: '31035.00' },
        ]}
      />
    ),
  },
  {
    name: 'Ranges: what matters most',
    show: () => (
      <RangeChart
        {...euro}
        label="Net present value by assumption"
        first="Assumption"
        rows={[
          { id: 'growth', label: 'Growth of usage', low: '-42000', high: '61000', color: seriesColor('sky') },
          { id: 'labour', label: 'Labour', low: '-9000', high: '18000', color: seriesColor('purple') },
          { id: 'egress', label: 'Egress', low: '2000', high: '11000', color: seriesColor('teal') },
        ]}
      />
    ),
  },
  { name: 'Donut', show: () => <DonutChart {...euro} label="Share of teams" first="Team" figure="Effective cost" slices={teams.slice(0, 5)} total="37945.05" onPick={nothing} /> },
  { name: 'Treemap', show: () => <TreemapChart {...euro} label="Cost by team" first="Team" figure="Effective cost" slices={teams} total="36745.05" onPick={nothing} /> },
  { name: 'Heat map', show: () => <HeatMap {...euro} label="Cost by hour of the week" first="Hour" figure="Effective cost" rows={weekdays} columns={hours} /> },
  {
    name: 'Gantt',
    show: () => (
      <GanttChart
        height={220}
        label="Plan of the migration"
        tasks={[
          { id: 'assess', label: 'Assess', from: '2026-11-16', to: '2026-12-11', color: seriesColor('grey') },
          { id: 'zone', label: 'Landing zone and network', from: '2026-12-07', to: '2027-01-29', color: seriesColor('sky'), critical: true },
          { id: 'gate', label: 'Gate: pilot may begin', from: '2027-01-29', to: '2027-01-29', color: seriesColor('plum'), milestone: true, critical: true },
          { id: 'pilot', label: 'Pilot', from: '2027-02-01', to: '2027-02-26', color: seriesColor('teal'), critical: true },
          { id: 'wave', label: 'Wave 1: stateless, not production', from: '2027-03-01', to: '2027-05-14', color: seriesColor('purple'), note: 'Freeze in the last week of April' },
        ]}
      />
    ),
  },
  { name: 'Figures in place of the drawing', show: () => <BarChart {...euro} asTable label="Cost by team, figures" first="Team" figure="Effective cost" rows={teams} /> },
  { name: 'Nothing to show', show: () => <BarChart {...euro} height={90} label="Cost of nothing" first="Team" figure="Effective cost" rows={[]} /> },
  { name: 'A problem', show: () => <BarChart {...euro} height={90} label="Cost unknown" first="Team" figure="Effective cost" rows={[]} problem="The ledger could not be read. Try again." /> },
];

/** Everything the gallery shows. */
export const stories: Story[] = [...charts, { name: 'A table whose rows open', show: () => <TreeStory /> }];
