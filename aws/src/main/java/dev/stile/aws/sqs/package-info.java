/// Commands into SQS. What comes out is the event source mapping's to bring.
@NullMarked
package dev.stile.aws.sqs;

import org.jspecify.annotations.NullMarked;
