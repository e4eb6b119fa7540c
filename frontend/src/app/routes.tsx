import type { RouteObject } from 'react-router';

import { PageFailure } from './PageFailure';
import { PageFrame } from './shell/PageFrame';
import { Shell } from './shell/Shell';

/** One shell, one lazily loaded page per address. Each level stands in for what breaks below it, so that the rail goes on working. */
export const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell />,
    errorElement: <PageFailure />,
    hydrateFallbackElement: <></>,
    children: [
      {
        element: <PageFrame />,
        errorElement: <PageFailure />,
        children: [
          {
            errorElement: <PageFailure />,
            children: [
              { index: true, lazy: async () => ({ Component: (await import('../features/overview/OverviewPage')).OverviewPage }) },
              { path: 'charges', lazy: async () => ({ Component: (await import('../features/lines/LinesPage')).LinesPage }) },
              { path: 'forecast', lazy: async () => ({ Component: (await import('../features/forecast/ForecastPage')).ForecastPage }) },
              { path: 'anomalies', lazy: async () => ({ Component: (await import('../features/anomalies/AnomaliesPage')).AnomaliesPage }) },
              { path: 'savings', lazy: async () => ({ Component: (await import('../features/savings/SavingsPage')).SavingsPage }) },
              { path: 'commitments', lazy: async () => ({ Component: (await import('../features/commitments/CommitmentsPage')).CommitmentsPage }) },
              { path: 'budgets', lazy: async () => ({ Component: (await import('../features/budgets/BudgetsPage')).BudgetsPage }) },
              { path: 'migration', lazy: async () => ({ Component: (await import('../features/migration/MigrationPage')).MigrationPage }) },
              { path: 'alerts', lazy: async () => ({ Component: (await import('../features/alerts/AlertsPage')).AlertsPage }) },
              { path: 'dimensions', lazy: async () => ({ Component: (await import('../features/dimensions/DimensionsPage')).DimensionsPage }) },
              { path: 'reconciliation', lazy: async () => ({ Component: (await import('../features/reconciliation/ReconciliationPage')).ReconciliationPage }) },
              { path: 'imports/map', lazy: async () => ({ Component: (await import('../features/mapping/MappingPage')).MappingPage }) },
              { path: 'bills', lazy: async () => ({ Component: (await import('../features/bills/BillsPage')).BillsPage }) },
              { path: 'imports', lazy: async () => ({ Component: (await import('../features/imports/ImportsPage')).ImportsPage }) },
              { path: 'sources', lazy: async () => ({ Component: (await import('../features/sources/SourcesPage')).SourcesPage }) },
              { path: 'quality', lazy: async () => ({ Component: (await import('../features/quality/QualityPage')).QualityPage }) },
              { path: 'activity', lazy: async () => ({ Component: (await import('../features/activity/ActivityPage')).ActivityPage }) },
              { path: '*', lazy: async () => ({ Component: (await import('./NotFoundPage')).NotFoundPage }) },
            ],
          },
        ],
      },
    ],
  },
];
