import { Page } from '../../components/page.tsx';
import { RunNow } from '../../features/analytics/run-now.tsx';
import { UsageRuns } from '../../features/analytics/usage-runs.tsx';
import { useTexts } from '../../text/language.tsx';

export function UsageRunsPage() {
  const { runs } = useTexts().analytics;
  return (
    <Page title={runs.title} description={runs.text} actions={<RunNow />}>
      <UsageRuns />
    </Page>
  );
}
