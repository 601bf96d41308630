import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  Checkbox,
  Group,
  MantineProvider,
  Progress,
  Select,
  SimpleGrid,
  Stack,
  Tabs,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import IconDots from '@tabler/icons-react/icons/IconDots';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { type ReactNode, useState } from 'react';
import { ChartCard } from '../components/charts/chart-card.tsx';
import { Figure } from '../components/charts/figure.tsx';
import { Dialog } from '../components/dialog.tsx';
import { KpiDistribution, KpiStatusBadge } from '../components/kpi.tsx';
import { PersonAvatar } from '../components/links.tsx';
import { notify } from '../components/notify.tsx';
import { Empty, Failed, Loading } from '../components/states.tsx';
import { StatusBadge, type Tone } from '../components/status-badge.tsx';
import type { Column } from '../components/table/column.ts';
import { DataTable } from '../components/table/data-table.tsx';
import { ApiError } from '../lib/api-error.ts';
import classes from './design-page.module.css';
import { cssVariables, theme } from './theme.tsx';

const tones: readonly Tone[] = ['good', 'warning', 'bad', 'info', 'neutral'];
/** The period of a figure, and the period that it is compared with. */
const month = { from: '2026-11-01', to: '2026-11-30', previousFrom: '2026-10-02', previousTo: '2026-10-31' };
const sizes = ['xs', 'sm', 'md', 'lg', 'xl'] as const;

/**
 * Every component that pages are built from, in both themes, for developers. Available only in development,
 * at `/design`; English only.
 */
export function DesignPage() {
  return (
    <main className={classes.page}>
      <Themed scheme="light" />
      <Themed scheme="dark" />
    </main>
  );
}

function Themed({ scheme }: { readonly scheme: 'light' | 'dark' }) {
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const id = `design-${scheme}`;
  return (
    <section id={id} className={classes.theme} ref={setRoot} aria-label={`${scheme} theme`}>
      {root !== null && (
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          cssVariablesSelector={`#${id}`}
          forceColorScheme={scheme}
          getRootElement={() => root}
        >
          <Pieces scheme={scheme} />
        </MantineProvider>
      )}
    </section>
  );
}

const Piece = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack gap="xs" component="section">
    <Text size="xs" c="dimmed" fw={500} component="h2" m={0}>
      {title}
    </Text>
    {children}
  </Stack>
);

function Pieces({ scheme }: { readonly scheme: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Stack gap="xl">
      <Title order={1}>{scheme === 'light' ? 'Light' : 'Dark'}</Title>
      <Piece title="Type: five sizes">
        {sizes.map((size) => (
          <Text key={size} size={size}>
            {size} – Teams move 1,234.56 KPIs
          </Text>
        ))}
      </Piece>
      <Piece title="Buttons and links">
        <Group gap="xs">
          <Button leftSection={<IconPlus size={16} aria-hidden />}>New team</Button>
          <Button variant="default">Edit</Button>
          <Button variant="subtle">Cancel</Button>
          <Button color="red" leftSection={<IconTrash size={16} aria-hidden />}>
            Delete
          </Button>
          <Button loading>Saving</Button>
          <Button disabled>Save</Button>
          <ActionIcon variant="subtle" color="gray" aria-label="More">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
          <Anchor href="#content" size="sm">
            A link
          </Anchor>
        </Group>
      </Piece>
      <Piece title="States, in a word and a color">
        <Group gap="xs">
          {tones.map((tone) => (
            <StatusBadge key={tone} tone={tone}>
              {tone}
            </StatusBadge>
          ))}
          <Badge variant="default">Team lead</Badge>
        </Group>
      </Piece>
      <Piece title="People">
        <Group gap="xs">
          {['Amara Abara', 'Jonas Jansen', '李小龙', 'محمد علي'].map((name) => (
            <Group key={name} gap={6}>
              <PersonAvatar name={name} />
              <Text size="sm">
                <bdi>{name}</bdi>
              </Text>
            </Group>
          ))}
        </Group>
      </Piece>
      <Piece title="Fields">
        <SimpleGrid cols={2}>
          <TextInput label="Name" placeholder="Customer care" description="Up to 120 characters" />
          <TextInput label="Target" defaultValue="1,5" error="Enter a number" />
          <Select label="Role" data={['Admin', 'Team lead', 'Team member']} defaultValue="Team member" />
          <Checkbox label="Same as contact" defaultChecked mt="xl" />
          <Textarea label="Note" rows={2} />
        </SimpleGrid>
      </Piece>
      <Piece title="Tabs and progress">
        <Tabs value="members">
          <Tabs.List>
            <Tabs.Tab value="members">Members</Tabs.Tab>
            <Tabs.Tab value="kpis">KPIs</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="members" pt="sm">
            <Progress value={62} aria-label="Seats" />
          </Tabs.Panel>
        </Tabs>
      </Piece>
      <Piece title="Figures">
        <SimpleGrid cols={3}>
          <Figure
            title="Active users, 7 days"
            definition="Users who were active at least once in the last 7 days"
            value={33}
            trend={[24, 26, 25, 29, null, 31, 33]}
            delta={{
              change: { ...month, value: 33, previous: 29 },
              against: 'vs. 30 days ago',
              good: 'more',
            }}
          />
          <Figure title="KPIs" definition="KPIs today" value={1234} hint="No earlier data yet" />
          <Figure title="Check-ins" definition="Values that people checked in" value={1e12} />
        </SimpleGrid>
      </Piece>
      <Work />
      <Piece title="Loading, empty, failed">
        <Loading rows={2} />
        <Empty title="No teams yet" action={<Button>New team</Button>}>
          Create your first team to give its KPIs a home.
        </Empty>
        <Failed
          error={new ApiError(500, { title: 'Something went wrong.', code: 'internal', errors: [] })}
          onRetry={() => undefined}
        />
      </Piece>
      <Piece title="Toasts and dialogs">
        <Group gap="xs">
          <Button
            variant="default"
            onClick={() => notify({ message: 'Team deleted', undo: { title: 'Undo', run: () => undefined } })}
          >
            Show a toast
          </Button>
          <Button variant="default" onClick={() => setOpen(true)}>
            Open a dialog
          </Button>
        </Group>
        {open && (
          <Dialog title="Delete team" onClose={() => setOpen(false)}>
            <Text size="sm">Its KPIs stay, without a team.</Text>
          </Dialog>
        )}
      </Piece>
    </Stack>
  );
}

interface Team {
  readonly name: string;
  readonly members: number;
}

const teams: readonly Team[] = [
  { name: 'Customer care', members: 5 },
  { name: 'Freight operations', members: 4 },
];
const columns: readonly Column<Team>[] = [
  { id: 'name', title: 'Name', cell: ({ name }) => name, sort: ({ name }) => name },
  { id: 'members', title: 'Members', numeric: true, cell: ({ members }) => members },
];

/** What shows work: a table, a chart, and the status of KPIs. */
const Work = () => (
  <>
    <Piece title="Table">
      <DataTable label="Teams" columns={columns} items={teams} keyOf={({ name }) => name} />
    </Piece>
    <Piece title="Chart">
      <ChartCard
        title="On-time deliveries"
        definition="Share of stops reached within the agreed window"
        comparedName="Expected"
        goals={[{ name: 'Target', value: 97 }]}
        points={[88, 90.5, null, 92.4, 93.5].map((value, week) => ({
          date: `2026-11-${String(2 + week * 7).padStart(2, '0')}`,
          value,
          compared: 89 + week,
        }))}
      />
    </Piece>
    <Piece title="Status of KPIs">
      <KpiDistribution counts={{ on_track: 5, at_risk: 2, off_track: 2, no_data: 1 }} />
      <Group gap="xs">
        {(['on_track', 'at_risk', 'off_track', 'no_data'] as const).map((status) => (
          <KpiStatusBadge key={status} status={status} />
        ))}
      </Group>
    </Piece>
  </>
);
