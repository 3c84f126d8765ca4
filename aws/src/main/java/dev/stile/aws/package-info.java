/// The clients of the AWS SDK, made from an environment that is handed in. The adapters live in the
/// packages below.
@NullMarked
package dev.stile.aws;

import org.jspecify.annotations.NullMarked;
