/// Text messages by SNS and mail by SES. Reasons are short words of our own: what the services say
/// quotes the destination.
@NullMarked
package dev.stile.aws.courier;

import org.jspecify.annotations.NullMarked;
