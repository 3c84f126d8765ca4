/// The triggers of a Cognito user pool that make its sign-in demand a step-up: Define, Create and
/// Verify Auth Challenge, and Pre Token Generation (V2). They are a client of Stile, by the door of
/// back ends; the one thing that they keep is what was proven until the tokens tell it.
@NullMarked
package dev.stile.lambda.cognito;

import org.jspecify.annotations.NullMarked;
