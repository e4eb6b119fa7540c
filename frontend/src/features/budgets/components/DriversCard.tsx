import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { sign } from '../../../lib/decimal';
import type { BudgetDetailInfo, BudgetDriver } from '../../../lib/wire';
import { useValueNames } from '../../../parts/accountNames';
import { ExportTable } from '../../../parts/ExportTable';
import { toneOf } from '../../../ui/Change';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { Segmented } from '../../../ui/Segmented';
import { describeDriver, driverLabel, driversTable } from '../model';
import type { useBudgetsState } from '../useBudgetsState';

const totalKey = '\u0000total';

/** Which services, accounts and resources moved the actual away from the pace. */
export function DriversCard({ detail, state }: { detail: BudgetDetailInfo; state: ReturnType<typeof useBudgetsState> }) {
  const nameOf = useValueNames();
  const { drivers, standing } = detail;
  const { currency } = standing.budget;
  const shown = drivers.find(({ by }) => by === state.by) ?? drivers[0];
  if (!shown || standing.variance === null) {
    return standing.state === 'not-started' ? null : (
      <Card title="Cost drivers">
        <Typography sx={{ color: 'text.secondary' }}>There are no charges before the period to compare with.</Typography>
      </Card>
    );
  }
  const row = (driver: BudgetDriver, key: string) => ({
    key,
    cells: [
      <Box key="name" component="bdi" sx={{ overflowWrap: 'anywhere', fontWeight: key === totalKey ? 600 : 400 }}>
        {describeDriver(shown.by, driver, nameOf)}
      </Box>,
      <Money key="expected" amount={driver.expected} currency={currency} />,
      <Money key="actual" amount={driver.actual} currency={currency} />,
      <Box key="variance" component="span" sx={{ color: toneOf(sign(driver.variance)), fontWeight: 570 }}>
        <Money amount={driver.variance} currency={currency} signed />
      </Box>,
    ],
  });
  return (
    <Card
      title="Cost drivers"
      sub="by variance to pace; expected cost is allocated by the 56 days before the period"
      actions={
        <>
          <Segmented label="Drivers by" value={shown.by} choices={drivers.map(({ by }) => ({ value: by, label: driverLabel(by) }))} onChange={state.setBy} />
          <ExportTable of="cost drivers" table={() => driversTable(detail, nameOf)} />
        </>
      }
    >
      <FigureTable
        label={`Cost drivers, by ${driverLabel(shown.by).toLowerCase()}`}
        head={[driverLabel(shown.by), `Expected, ${currency}`, `Actual, ${currency}`, `Variance, ${currency}`]}
        rows={[
          ...shown.rows.map((driver) => row(driver, driver.value ?? '\u0000none')),
          ...(shown.rest ? [row({ ...shown.rest, value: null }, '\u0000rest')] : []),
          row({ value: 'Total', values: 1, expected: standing.paceExpected ?? '0', actual: standing.actual, variance: standing.variance }, totalKey),
        ]}
      />
    </Card>
  );
}
