output "url" {
  description = "URL of the queue."
  value       = aws_sqs_queue.this.id
}

output "arn" {
  description = "ARN of the queue."
  value       = aws_sqs_queue.this.arn
}

output "name" {
  description = "Name of the queue."
  value       = aws_sqs_queue.this.name
}

output "dead_letters_name" {
  description = "Name of its dead-letter queue."
  value       = aws_sqs_queue.dead_letters.name
}

output "dead_letters_arn" {
  description = "ARN of its dead-letter queue."
  value       = aws_sqs_queue.dead_letters.arn
}

output "visibility_timeout_seconds" {
  description = "How long a message is hidden while it is worked on."
  value       = aws_sqs_queue.this.visibility_timeout_seconds
}
