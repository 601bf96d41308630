import { Stack } from '@mantine/core';
import IconLifebuoy from '@tabler/icons-react/icons/IconLifebuoy';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Page } from '../../components/page.tsx';
import { PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useOrganization } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { AccessCard } from './access-card.tsx';
import { supportAccessesQuery } from './queries.ts';

/** Who of the platform is or was in the organization, as its admins see it. */
export function SupportPage() {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const { id } = useOrganization();
  const query = useInfiniteQuery({ ...supportAccessesQuery(api, id), ...usePolling() });
  return (
    <Page title={texts.title} description={texts.about}>
      <PagedList
        query={query}
        empty={
          <Empty title={texts.none} icon={IconLifebuoy}>
            {texts.noneText}
          </Empty>
        }
      >
        {(accesses) => (
          <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={texts.title}>
            {accesses.map((access, index) => (
              <li key={access.id}>
                <AccessCard access={access} isFirst={index === 0} />
              </li>
            ))}
          </Stack>
        )}
      </PagedList>
    </Page>
  );
}
