import { abilityOf, allows, mayAllow, rulesFor } from '../../domain/access/ability.ts';
import type { Action, Subject } from '../../domain/access/permission.ts';
import type { Instance } from '../../domain/access/rules.ts';
import { type Member, useMember } from './me.tsx';

type Facts = Omit<Instance, 'organizationId'>;

/** The server's rules decide here too, by the same code, so that nobody is offered what would be refused. */
export const may = (
  member: Member,
  action: Action,
  subject: Subject,
  organizationId: string,
  facts: Facts = {},
): boolean => allows(abilityOf(rulesFor(member.user)), action, subject, { ...facts, organizationId });

/** Whether the person who is signed in may do this in an organization, to the instance that the facts describe. */
export const useMay = (organizationId: string) => {
  const member = useMember();
  return (action: Action, subject: Subject, facts?: Facts) =>
    may(member, action, subject, organizationId, facts);
};

/** Whether they may do it to something at least: worth offering a form in which they choose what. */
export const useMayToSome = () => {
  const ability = abilityOf(rulesFor(useMember().user));
  return (action: Action, subject: Subject) => mayAllow(ability, action, subject);
};
