/** An error as an AWS service answers it: the code that clients switch on, a message, and the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The answer to an operation that the stand-in doesn't have. It never pretends. */
export const notImplemented = (service: string, operation: string) =>
  new AwsError(
    'UnknownOperationException',
    `The local run does not implement ${service}:${operation}. Deploy to AWS to use it, or add it to infra/local/aws.`,
  );
