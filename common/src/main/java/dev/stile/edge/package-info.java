/// The translation between Lambda's events and the domain, shared by all functions: HTTP requests
/// and answers, queue batches, strict JSON, the policy document, one log line each. The only
/// package of this module that knows Lambda's types and a JSON library.
@NullMarked
package dev.stile.edge;

import org.jspecify.annotations.NullMarked;
