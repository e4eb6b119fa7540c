import Box from '@mui/material/Box';
import { useState } from 'react';

import { DataTable } from '../DataTable/DataTable';
import { type Column, type Sort } from '../DataTable/model';
import { useTreeRows } from '../DataTable/useTreeRows';
import { Money } from '../Money';

type Unit = { name: string; cost: string; below?: Unit[] };

const units: Unit[] = [
  { name: 'Shop', cost: '27370.40', below: [{ name: 'Payments', cost: '18250.40', below: [{ name: 'Ledger', cost: '18250.40' }] }, { name: 'Search', cost: '9120.00' }] },
  { name: 'Data platform', cost: '7044.10', below: [{ name: 'Warehouse', cost: '7044.10' }] },
  { name: 'Office', cost: '410.00' },
];

const columns: Column<Unit>[] = [
  { id: 'name', header: 'Unit', kind: 'text', value: (unit) => unit.name },
  { id: 'cost', header: 'Effective cost, EUR', kind: 'number', value: (unit) => unit.cost, render: (unit) => <Money amount={unit.cost} currency="EUR" />, width: 150 },
];

const keyOf = (unit: Unit) => unit.name;
const childrenOf = (unit: Unit) => unit.below ?? null;

/** A table whose rows open. */
export function TreeStory() {
  const [sort, setSort] = useState<Sort | null>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set(['Shop', 'Payments']));
  const source = useTreeRows({ roots: units, keyOf, childrenOf, expanded, onExpanded: setExpanded }, columns, sort);
  return (
    <Box sx={{ height: 260, display: 'flex', mt: 1 }}>
      <DataTable label="Cost by unit" columns={columns} source={source} sort={sort} onSort={setSort} totals={{ cost: { text: '34,824.50' } }} noun="unit" />
    </Box>
  );
}
