import { Function as EdgeFunction, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/**
 * Runs at the edge, in CloudFront's own JavaScript, which has no modules: so its source is text. A path whose last part
 * has no dot is a page of the web app, all of which are index.html; the app's router reads the address.
 */
const pageFallbackCode = `function handler(event) {
  var request = event.request;
  var lastPart = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (lastPart.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
`;

/** Serves index.html for the addresses of pages. Not an error response: that would also replace the API's 404s. */
export class PageFallback extends EdgeFunction {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      comment: 'Addresses of pages are index.html',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(pageFallbackCode),
    });
  }
}
