package dev.stile.aws.courier;

import org.jspecify.annotations.Nullable;

/// As whom messages go out: the mail address, and the name on a phone where the country has names.
public record Sender(String mailAddress, @Nullable String smsId) {}
