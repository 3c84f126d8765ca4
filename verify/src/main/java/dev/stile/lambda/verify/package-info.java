/// Every verdict: answers to challenges and first codes of new factors; the grant that follows; the
/// public keys and documents by which a grant is verified. Opens seeds and alone signs; sends
/// nothing.
@NullMarked
package dev.stile.lambda.verify;

import org.jspecify.annotations.NullMarked;
