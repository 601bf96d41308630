import * as z from 'zod/mini';
import {
  AuditExportQuery,
  AuditFeedExportQuery,
  AuditFeedPage,
  AuditFeedQuery,
  AuditListQuery,
  AuditPage,
} from '../../../domain/audit/audit.schema.ts';
import {
  CheckpointRequested,
  LatestCheckpoint,
  LatestCheckpointQuery,
  Receipt,
  ReceiptQuery,
} from '../../../domain/audit/checkpoints/checkpoint.schema.ts';
import { EntryAddress, Undo, UndoRequest } from '../../../domain/undo/undo.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

const entryParams = z.extend(params, { entry: EntryAddress });

/** An organization's audit log. */
export const auditRoutes = {
  listAuditEntries: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/audit',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'AuditEntry' },
    summary: 'List audit log entries, newest first',
    status: 200,
    params,
    query: AuditListQuery,
    response: AuditPage,
  },
  exportAuditEntries: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/audit/export',
    function: 'organization',
    access: { kind: 'organization', action: 'export', subject: 'AuditEntry' },
    summary:
      'Export audit log entries as a file in parts; each part except the last has the next one in Link and X-Next-Cursor',
    status: 200,
    params,
    query: AuditExportQuery,
    response: z.string(),
    produces: ['text/csv', 'application/jsonl'],
    refuses: ['conflict'],
  },
  getLatestCheckpoint: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/audit/checkpoints/latest',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'AuditCheckpoint' },
    summary:
      'Get the latest signed checkpoint of the audit log, and the proof that it extends an earlier one',
    status: 200,
    params,
    query: LatestCheckpointQuery,
    response: LatestCheckpoint,
  },
  requestCheckpoint: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/audit/checkpoints',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'AuditCheckpoint' },
    summary: 'Request a checkpoint of the audit log now instead of within the hour',
    status: 202,
    params,
    response: CheckpointRequested,
  },
  getAuditReceipt: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/audit/receipt',
    function: 'organization',
    access: { kind: 'organization', action: 'export', subject: 'AuditEntry' },
    summary: 'Get an audit log entry with the proof that the signed log contains it',
    status: 200,
    params,
    query: ReceiptQuery,
    response: Receipt,
    refuses: ['conflict'],
  },
  previewUndo: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/audit/{entry}/undo',
    function: 'organization',
    access: { kind: 'organization', action: 'undo', subject: 'AuditEntry' },
    summary: 'Preview undoing an audit log entry, field by field; entries can be undone for 30 days',
    status: 200,
    params: entryParams,
    response: Undo,
  },
  undoEntry: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/audit/{entry}/undo',
    function: 'organization',
    access: { kind: 'organization', action: 'undo', subject: 'AuditEntry' },
    summary:
      'Undo an audit log entry once, under the same rules as a manual change; fields changed since stay as they are',
    status: 200,
    refuses: ['already_exists', 'entitlement_exceeded', 'last_admin', 'stale'],
    params: entryParams,
    body: UndoRequest,
    example: { revision: 4 },
    response: Undo,
  },
} as const satisfies Record<string, Route>;

/** The audit logs of all organizations, for the super admin. */
export const auditFeedRoutes = {
  listAuditFeed: {
    method: 'GET',
    path: '/api/admin/audit',
    function: 'admin',
    access: { kind: 'platform', action: 'list', subject: 'AuditEntry' },
    summary: 'List audit log entries of all organizations and the platform, newest first',
    status: 200,
    query: AuditFeedQuery,
    response: AuditFeedPage,
  },
  exportAuditFeed: {
    method: 'GET',
    path: '/api/admin/audit/export',
    function: 'admin',
    access: { kind: 'platform', action: 'export', subject: 'AuditEntry' },
    summary:
      'Export the audit log entries of all organizations as a file in parts; needs an approval, except for a single organization',
    status: 200,
    refuses: ['approval_required', 'conflict'],
    query: AuditFeedExportQuery,
    response: z.string(),
    produces: ['text/csv', 'application/jsonl'],
  },
} as const satisfies Record<string, Route>;
