/// The stores of the domain over one DynamoDB table. Every rule about state is a condition of the
/// write that it guards; attribute names always go through placeholders.
@NullMarked
package dev.stile.aws.dynamo;

import org.jspecify.annotations.NullMarked;
