import * as z from 'zod'
import {
  annotations,
  dnsLabel,
  dnsName,
  duration,
  ingressHost,
  objectName,
  urlPath,
  optionalFields,
} from './values.ts'

/** How an endpoint is reached from outside the cluster; both ways share their words. */

const BELOW = 'Everything below it leads to the endpoint; / when left out.'

export const ingress = optionalFields({
  name: objectName('<endpoint>-ingress'),
  host: ingressHost.describe('Required where an endpoint has an ingress.'),
  path: urlPath.describe(BELOW),
  tls: dnsName.describe('The Secret with the certificate.'),
  className: dnsName.describe('The ingress class; the cluster’s default when left out.'),
  annotations: annotations.describe('On the Ingress.'),
})

const ROUTE_PATH =
  'a path such as /v1 that begins with "/", without "//", "/./", "/../", "%2F" or "#"'

/** As the Gateway API's own rules for a path prefix (HTTPPathMatch of HTTPRoute v1), but for "*": a gateway takes it for a star, whoever writes it for a pattern. */
const routePath = z
  .string(ROUTE_PATH)
  .max(1024, 'a path of at most 1024 characters')
  .regex(
    /^(?!.*(\/\/|\/\.{1,2}(\/|$)|%2f))(?:\/(?:[-\w/.~!$&'()*+,;=:@]|%[\da-f]{2})*)$/i,
    ROUTE_PATH,
  )
  .regex(/^[^*]*$/, ROUTE_PATH)

const gateway = optionalFields({
  namespace: dnsLabel.describe('Its namespace; the endpoint’s when left out.'),
  name: dnsName.describe('Its name. Required where an endpoint has a route.'),
  section: dnsName.describe(
    'The listener, such as https; every listener that takes the host when left out.',
  ),
})

export const route = optionalFields({
  name: objectName('<endpoint>-route'),
  host: ingressHost.describe('Required where an endpoint has a route.'),
  path: routePath.describe(BELOW),
  tls: dnsName.describe(
    'The Secret with the certificate, which the gateway’s listener has: doctor compares them.',
  ),
  gateway: gateway.describe('The Gateway that takes the requests.'),
  timeout: duration.describe(
    'The longest that one request may take; 0s for no limit. The gateway’s own when left out.',
  ),
  annotations: annotations.describe('On the HTTPRoute.'),
})
