import type { HealthLevel, HealthReason } from '../../domain/organization/health.schema.ts';
import { useTexts } from '../text/language.tsx';
import { StatusBadge, type Tone } from './status-badge.tsx';

/** How good a level is, for the color of its badge. */
const healthTones: Readonly<Record<HealthLevel, Tone>> = {
  healthy: 'good',
  watch: 'warning',
  at_risk: 'bad',
  new: 'info',
  inactive: 'neutral',
};

/** How a customer is doing, in a word. */
export const HealthBadge = ({ level }: { readonly level: HealthLevel }) => (
  <StatusBadge tone={healthTones[level]}>{useTexts().health.levels[level]}</StatusBadge>
);

/** A reason of an organization's health as a sentence. */
export function useHealthWords(): (reason: HealthReason) => string {
  const { health } = useTexts();
  return (reason) => health.reasons[reason.code](reason);
}
