package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord;
import dev.stile.message.Fact;
import dev.stile.notice.Notice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is to be told of one transition, made before anything is told.
record Telling(
    @Nullable AuditRecord entry, @Nullable Notice notice, List<Fact> facts, CloudEvent event) {}
