import { EmptyState } from '../ui/EmptyState';
import { AppTheme } from '../ui/theme/AppTheme';

/** What a plain browser shows, such as that of the development server: there is no program behind the page. */
export function OutsidePage() {
  return (
    <AppTheme>
      <EmptyState title="Cloud Intelligence is not running here" text="This page works only in the window of the app. Start the app with build/run." />
    </AppTheme>
  );
}
