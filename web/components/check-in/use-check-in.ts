import { useQueryClient } from '@tanstack/react-query';
import type { CheckIn, NewCheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { Quantity } from '../../../domain/kpi/goal.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { checkInRoutes } from '../../../functions/http/check-in/routes.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { kpisKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import { doubtOf, numberOf } from '../form/number-field.ts';
import { notify, useErrorNotice } from '../notify.tsx';

type Reported = Pick<CheckIn, 'id' | 'value' | 'revision'>;

/** Confirms a check-in and offers to undo exactly that one. */
export function useReported(kpi: Pick<Kpi, 'id' | 'organizationId' | 'name' | 'unit'>) {
  const { api } = useSession();
  const queries = useQueryClient();
  const { kpis, common } = useTexts();
  const { number } = useFormats();
  const { organizationId, id: kpiId, name, unit } = kpi;
  const undoing = useChange({
    mutationFn: ({ id: checkInId, revision }: Reported) =>
      api(checkInRoutes.undoCheckIn, { params: { organizationId, kpiId, checkInId }, revision }),
    onSuccess: () => void notify({ message: kpis.undone(name) }),
    onError: useErrorNotice(),
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  return (reported: Reported): void => {
    notify({
      message: kpis.reported(name, `${number(reported.value)} ${unit}`),
      undo: { title: common.undo, run: () => undoing.mutate(reported) },
    });
  };
}

/** Sends a check-in and confirms it as soon as the server has accepted it, before lists are reloaded. */
export function useCheckIn(kpi: Kpi, onTaken: () => void) {
  const { api } = useSession();
  const queries = useQueryClient();
  const say = useReported(kpi);
  const { organizationId, id: kpiId } = kpi;
  return useChange({
    mutationFn: (body: NewCheckIn, key) =>
      api(checkInRoutes.createCheckIn, { params: { organizationId, kpiId }, body, key }),
    onSuccess: (reported) => {
      onTaken();
      say(reported);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
}

/** Parses the value, or explains what is wrong with it. */
export function readValue(
  typed: string,
  { errors, kpis }: Texts,
): { readonly value: number } | { readonly problem: string } {
  const doubt = doubtOf(typed);
  if (doubt !== null) return { problem: errors.twoNumbers(doubt) };
  const value = numberOf(typed);
  return Quantity.safeParse(value).success ? { value } : { problem: kpis.valueNumber };
}

/** Why a value was refused. */
export function reasonOf(error: Error, texts: Texts): string {
  const { errors } = texts;
  if (!(error instanceof ApiError)) return errors.unexpected;
  if (error.code === 'offline') return errors.offline;
  return said(texts, error.fields[0] ?? error);
}
