import { Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { Entry } from './entry.tsx';
import { recentQuery } from './queries.ts';

/** The last entries of all organizations' trails; the rest is on the audit page. */
export function RecentActivity() {
  const { api } = useSession();
  const { audit } = useTexts();
  const query = useQuery(recentQuery(api));
  return (
    <QueryView query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={audit.none}>{audit.noneText}</Empty>
        ) : (
          <Stack gap="sm">
            {items.map((entry) => (
              <Entry key={entry.id} entry={entry} withOrganization />
            ))}
            <Anchor component={Link} to="/admin/audit" size="sm" w="fit-content">
              {audit.title}
            </Anchor>
          </Stack>
        )
      }
    </QueryView>
  );
}
