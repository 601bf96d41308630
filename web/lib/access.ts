import { abilityOf, allows, rulesFor } from '../../domain/access/ability.ts';
import type { Action, Subject } from '../../domain/access/permission.ts';
import type { Rule } from '../../domain/access/rules.ts';
import { type Member, useMember } from './me.tsx';

/** The server's rules of a member: the same code decides here, so that nobody is offered what would be refused. */
const rulesOf = ({ user }: Member): Rule[] => rulesFor(user);

export const may = (member: Member, action: Action, subject: Subject, organizationId: string): boolean =>
  allows(abilityOf(rulesOf(member)), action, subject, { organizationId });

/** Whether the person who is signed in may do this in an organization. */
export const useMay = (organizationId: string) => {
  const member = useMember();
  return (action: Action, subject: Subject) => may(member, action, subject, organizationId);
};
