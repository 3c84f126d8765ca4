package dev.stile.aws.kms;

/// The name of the table that keeps wrapped keys.
public record KeyTable(String name) {}
