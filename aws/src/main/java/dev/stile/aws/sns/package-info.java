/// Events out of the account's topic. Text messages are the courier's.
@NullMarked
package dev.stile.aws.sns;

import org.jspecify.annotations.NullMarked;
