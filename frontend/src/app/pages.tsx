import AlertsIcon from '@mui/icons-material/NotificationsOutlined';
import BalanceIcon from '@mui/icons-material/BalanceRounded';
import BudgetIcon from '@mui/icons-material/AccountBalanceWalletOutlined';
import BarChartIcon from '@mui/icons-material/BarChartRounded';
import FactCheckIcon from '@mui/icons-material/FactCheckOutlined';
import HistoryIcon from '@mui/icons-material/HistoryRounded';
import ListIcon from '@mui/icons-material/FormatListBulletedRounded';
import ReceiptIcon from '@mui/icons-material/ReceiptLongRounded';
import CategoryIcon from '@mui/icons-material/CategoryOutlined';
import ForecastIcon from '@mui/icons-material/TrendingUpRounded';
import AnomaliesIcon from '@mui/icons-material/TroubleshootRounded';
import CommitmentsIcon from '@mui/icons-material/HandshakeOutlined';
import MigrationIcon from '@mui/icons-material/MoveUpRounded';
import SavingsIcon from '@mui/icons-material/SavingsOutlined';
import SourcesIcon from '@mui/icons-material/CloudSyncOutlined';
import UploadIcon from '@mui/icons-material/FileUploadOutlined';
import type { ReactNode } from 'react';

export type PageEntry = {
  path: string;
  label: string;
  icon: ReactNode;
  /** Looks at the money of a period, so the top bar shows the controls of the view. */
  money: boolean;
  /** Shows no period of its own choice: findings say themselves which days they rest on. */
  anyPeriod?: boolean;
  /** Shows its cost metric, where the period is not of a person's choice. */
  anyMetric?: boolean;
  /** Below the line of the rail. */
  keeping: boolean;
};

/** The pages that work, in the order of the rail. */
export const pages: PageEntry[] = [
  { path: '/', label: 'Overview', icon: <BarChartIcon />, money: true, keeping: false },
  { path: '/charges', label: 'Charges', icon: <ListIcon />, money: true, keeping: false },
  { path: '/forecast', label: 'Forecast', icon: <ForecastIcon />, money: true, anyPeriod: true, anyMetric: true, keeping: false },
  { path: '/anomalies', label: 'Anomalies', icon: <AnomaliesIcon />, money: true, anyPeriod: true, keeping: false },
  { path: '/savings', label: 'Savings', icon: <SavingsIcon />, money: true, anyPeriod: true, keeping: false },
  { path: '/commitments', label: 'Commitments', icon: <CommitmentsIcon />, money: true, anyPeriod: true, keeping: false },
  { path: '/budgets', label: 'Budgets', icon: <BudgetIcon />, money: false, keeping: false },
  { path: '/migration', label: 'Migration', icon: <MigrationIcon />, money: false, keeping: false },
  { path: '/dimensions', label: 'Dimensions', icon: <CategoryIcon />, money: true, keeping: false },
  { path: '/sources', label: 'Sources', icon: <SourcesIcon />, money: false, keeping: true },
  { path: '/bills', label: 'Bills', icon: <ReceiptIcon />, money: false, keeping: true },
  { path: '/imports', label: 'Imports', icon: <UploadIcon />, money: false, keeping: true },
  { path: '/reconciliation', label: 'Reconciliation', icon: <BalanceIcon />, money: false, keeping: true },
  { path: '/quality', label: 'Data quality', icon: <FactCheckIcon />, money: false, keeping: true },
  { path: '/alerts', label: 'Alerts', icon: <AlertsIcon />, money: false, keeping: true },
  { path: '/activity', label: 'Activity', icon: <HistoryIcon />, money: false, keeping: true },
];

export function pageAt(pathname: string): PageEntry | undefined {
  return pages.find((page) => page.path === pathname);
}
