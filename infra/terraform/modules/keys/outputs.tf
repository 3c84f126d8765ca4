output "wrapping_arn" {
  description = "Key that wraps Stile's keys."
  value       = aws_kms_key.wrapping.arn
}

output "storage_arn" {
  description = "Key that encrypts the table and the queues."
  value       = aws_kms_key.storage.arn
}
