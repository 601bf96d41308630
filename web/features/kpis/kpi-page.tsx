import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { KpiId, type OrganizationId } from '../../../domain/ids.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { earliestCheckIn, expectedAt, isStale } from '../../../domain/kpi/kpi-status.schema.ts';
import { Definition } from '../../components/definition.tsx';
import { KpiStatusBadge } from '../../components/kpi.tsx';
import { NotFound } from '../../components/no-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageTabs, usePanels } from '../../components/panels.tsx';
import { PageQuery } from '../../components/query-view.tsx';
import { useAddressId } from '../../lib/address.ts';
import { isSameDay, roundedFor } from '../../lib/expected.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { CheckInButton } from './check-in-dialogs.tsx';
import { KpiCheckIns } from './kpi-check-ins.tsx';
import { ComputedValues } from './kpi-computed.tsx';
import { DeleteKpi, EditKpiDialog } from './kpi-dialogs.tsx';
import { KpiFacts } from './kpi-facts.tsx';
import { kpiQuery } from './queries.ts';

/** Explains a KPI's status: what its value is compared with. */
function useKpiReason(): (kpi: Kpi) => string {
  const { reasons, computedProblems } = useTexts().kpis;
  const { number, date } = useFormats();
  return (kpi) => {
    const { latest, target, unit, progress, computedProblem } = kpi;
    const now = new Date();
    const amount = (value: number) => {
      const words = number(roundedFor(kpi, value));
      return unit === '%' ? `${words} %` : words;
    };
    if (computedProblem !== undefined) return computedProblems[computedProblem];
    if (latest === null) return reasons.none;
    if (isStale(kpi, latest, now)) return reasons.old(date(latest.at));
    if (Date.parse(latest.at) < earliestCheckIn(kpi).getTime()) return reasons.early(date(latest.at));
    const { value, at } = latest;
    if (typeof target !== 'number') {
      if (value < target.low) return reasons.belowRange(amount(target.low - value), amount(target.low));
      if (value > target.high) return reasons.aboveRange(amount(value - target.high), amount(target.high));
      return reasons.inRange;
    }
    if (progress === 1) return reasons.reached;
    const expected = expectedAt(kpi, at) ?? target;
    const when = isSameDay(at, now) ? reasons.today : reasons.on(date(at));
    const difference = amount(Math.abs(expected - value));
    if (difference === amount(0)) return reasons.same(amount(expected), when);
    return (value < expected ? reasons.below : reasons.above)(difference, amount(expected), when);
  };
}

/** One KPI: its status and the reason, its owner, and its check-ins. */
export function KpiPage() {
  const { id } = useOrganization();
  const kpiId = useAddressId('kpiId', KpiId);
  return kpiId === null ? <NotFound /> : <OneKpi organizationId={id} kpiId={kpiId} />;
}

interface Props {
  readonly organizationId: OrganizationId;
  readonly kpiId: KpiId;
}

function OneKpi({ organizationId, kpiId }: Props) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const reasonOf = useKpiReason();
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const query = useQuery(kpiQuery(api, organizationId, kpiId));
  return (
    <PageQuery query={query}>
      {(kpi) => (
        <Page
          title={kpi.name}
          mark={<Status kpi={kpi} />}
          description={reasonOf(kpi)}
          parents={[{ title: kpis.kpis, to: `/organizations/${organizationId}/kpis` }]}
          actions={<Actions kpi={kpi} onEdit={edit.open} onDelete={askToDelete.open} />}
        >
          <Stack gap="lg">
            <KpiFacts kpi={kpi} />
            <KpiTabs kpi={kpi} />
          </Stack>
          {editing && <EditKpiDialog kpi={kpi} onClose={edit.close} />}
          {deleting && <DeleteKpi kpi={kpi} onClose={askToDelete.close} />}
        </Page>
      )}
    </PageQuery>
  );
}

/** The status, and the rule behind it. */
function Status({ kpi: { status, direction } }: { readonly kpi: Kpi }) {
  const { kpis } = useTexts();
  return (
    <>
      <KpiStatusBadge status={status} />
      <Definition
        title={kpis.status}
        text={direction === 'between' ? kpis.statusOfRange : kpis.statusOfTarget}
      />
    </>
  );
}

interface ActionsProps {
  readonly kpi: Kpi;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function Actions({ kpi, onEdit, onDelete }: ActionsProps) {
  const { kpis } = useTexts();
  const may = useMay(kpi.organizationId);
  const instance = instanceOfKpi(kpi);
  return (
    <>
      {may('delete', 'Kpi', instance) && (
        <Button variant="default" onClick={onDelete}>
          {kpis.delete}
        </Button>
      )}
      {may('update', 'Kpi', instance) && (
        <Button variant="default" onClick={onEdit}>
          {kpis.edit}
        </Button>
      )}
      {kpi.formula === undefined && may('create', 'CheckIn', instance) && <CheckInButton kpi={kpi} />}
    </>
  );
}

/** Check-ins, and the tabs of other features. */
function KpiTabs({ kpi }: { readonly kpi: Kpi }) {
  const texts = useTexts();
  const panels = usePanels('kpi', kpi.organizationId, instanceOfKpi(kpi));
  return (
    <PageTabs
      tabs={[
        kpi.formula === undefined
          ? { name: 'values', title: texts.kpis.checkIns, content: <KpiCheckIns kpi={kpi} /> }
          : { name: 'values', title: texts.kpis.values, content: <ComputedValues kpi={kpi} /> },
        ...panels.map(({ name, title, component: Panel }) => ({
          name,
          title: title(texts),
          content: <Panel kpi={kpi} />,
        })),
      ]}
    />
  );
}
