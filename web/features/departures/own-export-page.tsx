import { Page } from '../../components/page.tsx';
import { useOrganization } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import { ExportSection } from './export-section.tsx';

/** The data export of a leaving organization, for its own admins. */
export function OwnExportPage() {
  const { departures } = useTexts();
  const { id } = useOrganization();
  return (
    <Page title={departures.ownExport}>
      <ExportSection organizationId={id} />
    </Page>
  );
}
