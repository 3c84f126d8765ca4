output "name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.this.name
}

output "arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.this.arn
}

output "stream_arn" {
  description = "ARN of its stream."
  value       = aws_dynamodb_table.this.stream_arn
}

output "deletion_protection" {
  description = "Whether it refuses to be deleted."
  value       = aws_dynamodb_table.this.deletion_protection_enabled
}

output "recovers" {
  description = "Whether it can be restored to any point in time."
  value       = aws_dynamodb_table.this.point_in_time_recovery[0].enabled
}
