import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Sending } from '../../domain/reminder/send-once.ts';
import type { Mail } from '../../domain/reminder/write-mail.ts';

interface MailSettings {
  /** An address, or `Name <address>`. */
  readonly from: string;
  readonly configurationSet: string;
}

let client: SESv2Client | undefined;

/** No retries by the SDK: if only the response was lost, SES would send the email twice. */
async function load() {
  const sdk = await import('@aws-sdk/client-sesv2');
  client ??= new sdk.SESv2Client({ maxAttempts: 1 });
  return { ...sdk, client };
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** Permanent refusals: a retry gets the same answer. Source: SES API v2 Reference, SendEmail. */
const forGood = ['MessageRejected', 'BadRequestException'];

/** The outcome that an SES error implies; without a status, there was no response. */
function outcomeOf(error: unknown): Sending {
  if (!(error instanceof Error)) return 'unknown';
  if (forGood.includes(error.name)) return 'refused';
  const { $metadata: metadata } = { $metadata: undefined, ...error };
  const { httpStatusCode: status } = { httpStatusCode: undefined, ...Object(metadata) };
  return typeof status === 'number' ? 'later' : 'unknown';
}

/**
 * Sends an email with Amazon SES, with the header fields for one-click unsubscribe (RFC 2369, RFC 8058) if
 * it can be turned off, and with the ids that events about it will contain.
 */
export const mailer =
  ({ from, configurationSet }: MailSettings, onFailure: (name: string) => void) =>
  async ({ to, subject, text, html, unsubscribeAt, organizationId, userId }: Mail): Promise<Sending> => {
    const { client, SendEmailCommand } = await load();
    try {
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          ConfigurationSetName: configurationSet,
          Content: {
            Simple: {
              Subject: utf8(subject),
              Body: { Text: utf8(text), Html: utf8(html) },
              Headers:
                unsubscribeAt === undefined
                  ? []
                  : [
                      { Name: 'List-Unsubscribe', Value: `<${unsubscribeAt}>` },
                      { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
                    ],
            },
          },
          EmailTags: [
            { Name: 'organizationId', Value: organizationId },
            { Name: 'userId', Value: userId },
          ],
        }),
      );
      return 'sent';
    } catch (error) {
      onFailure(error instanceof Error ? error.name : 'unknown');
      return outcomeOf(error);
    }
  };
