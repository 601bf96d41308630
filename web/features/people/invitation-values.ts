import * as z from 'zod/mini';
import { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';

/** An invitation as its form has it; without a team `teamId` is empty. */
export interface InvitationValues {
  name: string;
  email: string;
  role: string;
  teamId: string;
  leads: boolean;
}

/** The form's values as the API takes them, judged by the API's own schema. */
export const InvitationForm = z.pipe(
  z.pipe(
    z.object({
      name: z.string(),
      email: z.string(),
      role: z.string(),
      teamId: z.string(),
      leads: z.boolean(),
    }),
    z.transform(({ teamId, leads, ...person }): unknown => ({
      ...person,
      ...(teamId === '' ? {} : { teamId }),
      ...(teamId !== '' && leads && person.role !== 'team_member' ? { teamRole: 'leader' } : {}),
    })),
  ),
  NewInvitation,
);
