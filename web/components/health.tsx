import { Text } from '@mantine/core';
import type { Health, HealthLevel, HealthReason } from '../../domain/organization/health.schema.ts';
import { useFormats, useTexts } from '../text/language.tsx';
import { StatusBadge, type Tone } from './status-badge.tsx';

/** The badge color of each level. */
const healthTones: Readonly<Record<HealthLevel, Tone>> = {
  healthy: 'good',
  watch: 'warning',
  at_risk: 'bad',
  new: 'info',
  inactive: 'neutral',
};

/** A customer's health as a badge. */
export const HealthBadge = ({ level }: { readonly level: HealthLevel }) => (
  <StatusBadge tone={healthTones[level]}>{useTexts().health.levels[level]}</StatusBadge>
);

/** Formats a reason of an organization's health as a sentence. */
export function useHealthWords(): (reason: HealthReason) => string {
  const { health } = useTexts();
  return (reason) => health.reasons[reason.code](reason);
}

/** A customer's health score, and its change within about a week if known. */
export function HealthScore({ score, weekAgo }: Pick<Health, 'score' | 'weekAgo'>) {
  const { health } = useTexts();
  const { date } = useFormats();
  const change = weekAgo === undefined ? undefined : score - weekAgo.score;
  return (
    <Text span size="sm" className="figures">
      <span className="visually-hidden">{health.scored(score)}</span>
      <Text span size="sm" fw={600} aria-hidden>
        {health.score(score)}
      </Text>
      {change !== undefined && weekAgo !== undefined && (
        <>
          {' · '}
          <Text
            span
            size="sm"
            c={change === 0 ? 'dimmed' : change > 0 ? 'var(--app-done)' : 'var(--mantine-color-error)'}
            title={health.since(change, date(weekAgo.date))}
          >
            {health.sinceLastWeek(change)}
          </Text>
        </>
      )}
    </Text>
  );
}
