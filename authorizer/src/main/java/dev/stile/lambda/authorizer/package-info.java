/// The Lambda authorizer of API Gateway: lets a request through to a route where the grant that it
/// brings is what the route's action asks for. It has no table, no key of its own and no AWS SDK;
/// it fetches the issuer's public keys and nothing else.
@NullMarked
package dev.stile.lambda.authorizer;

import org.jspecify.annotations.NullMarked;
