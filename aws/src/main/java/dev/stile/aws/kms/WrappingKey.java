package dev.stile.aws.kms;

/// The KMS key that wraps all others, by its ARN.
public record WrappingKey(String arn) {}
