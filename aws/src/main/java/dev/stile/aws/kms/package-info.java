/// Keys under KMS: made and wrapped there, kept wrapped in the table, unwrapped once per process.
/// An encryption context ties each to its tenant and purpose, so that one moved to another item
/// does not open.
@NullMarked
package dev.stile.aws.kms;

import org.jspecify.annotations.NullMarked;
