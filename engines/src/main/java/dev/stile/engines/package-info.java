/// Stand-ins for the AWS services that Stile uses, for tests and the local mode: DynamoDB, SQS, and
/// one that speaks SNS, SES and KMS and keeps what is sent. All listen on 127.0.0.1 alone, call
/// nobody and write nothing to the console. Nothing of this package may reach a function's zip.
@NullMarked
package dev.stile.engines;

import org.jspecify.annotations.NullMarked;
