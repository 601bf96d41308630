import * as z from 'zod/mini';
import { UserId } from '../../../domain/ids.ts';
import { MailSettings, MailSettingsChange } from '../../../domain/reminder/mail-settings.schema.ts';
import { organizationParams, type Route } from '../route.ts';

const params = z.extend(organizationParams, { userId: UserId });

/** A user's email settings. */
export const mailRoutes = {
  getMailSettings: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/users/{userId}/mail-settings',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'MailSettings' },
    summary: 'Get a user’s email settings, and whether emails reach them: users their own, admins all',
    status: 200,
    params,
    response: MailSettings,
  },
  updateMailSettings: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/users/{userId}/mail-settings',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'MailSettings' },
    summary: 'Update the caller’s email settings; `stopped: null` resumes emails after a bounce',
    status: 200,
    params,
    body: MailSettingsChange,
    example: { reminders: true, digest: false, language: 'de' },
    response: MailSettings,
  },
} as const satisfies Record<string, Route>;
