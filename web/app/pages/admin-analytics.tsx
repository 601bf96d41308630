import { Page } from '../../components/page.tsx';
import { TrendExplorer } from '../../features/analytics/trend-explorer.tsx';
import { useTexts } from '../../text/language.tsx';

export const AdminAnalytics = () => (
  <Page title={useTexts().analytics.analytics}>
    <TrendExplorer />
  </Page>
);
